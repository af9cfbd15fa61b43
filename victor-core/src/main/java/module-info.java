/** The hub. */
module io.victorhub.core {
    requires transitive io.victorhub.spi;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;

    exports io.victorhub;

    uses io.victorhub.spi.Skill;
}
