/** The words that a hub, its skills and its stores share. */
module io.victorhub.spi {
    requires static org.jspecify; // not transitive: hosts need not have it

    exports io.victorhub.spi;
    exports io.victorhub.spi.meter;
    exports io.victorhub.spi.store;
}
