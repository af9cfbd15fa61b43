package io.victorhub.spi.store;

import io.victorhub.spi.meter.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/**
 * What a hub lends to its store, so that all engines share one format and one clock.
 *
 * @since 0.1
 */
public interface StoreContext {

    /** {@return the folder that the store may fill; it need not exist yet} */
    Path directory();

    /** {@return how tasks and log entries become bytes, in every store alike} */
    StoreCodec codec();

    /** {@return the time} */
    InstantSource clock();

    /** {@return what makes threads} */
    ThreadFactory threads();

    /** {@return the name of this node, unique among the hubs that share a store} */
    String node();

    /** {@return by how much a task's ready time counts as earlier for each level of priority} */
    Duration ageingStep();

    /** {@return where the store's own figures go} */
    default Meters meters() {
        return Meters.none();
    }
}
