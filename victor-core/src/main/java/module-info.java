/** The hub. */
module io.victorhub.core {
    requires transitive io.victorhub.spi;
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;

    exports io.victorhub;
    exports io.victorhub.audit;
    exports io.victorhub.dashboard;
    exports io.victorhub.history;
    exports io.victorhub.metrics;
    exports io.victorhub.registry;
    exports io.victorhub.review;
    exports io.victorhub.routing;
    exports io.victorhub.scheduling;
    exports io.victorhub.store;

    uses io.victorhub.spi.Skill;
    uses io.victorhub.spi.meter.Meters;
    uses io.victorhub.spi.store.StoreFactory;
}
