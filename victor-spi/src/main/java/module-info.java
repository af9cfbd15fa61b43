/** The words that a hub, its skills and its stores share. */
module io.victorhub.spi {
    requires static transitive org.jspecify;

    exports io.victorhub.spi;
    exports io.victorhub.spi.store;
}
