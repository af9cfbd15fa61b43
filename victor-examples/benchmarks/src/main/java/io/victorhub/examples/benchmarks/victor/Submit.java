package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.examples.benchmarks.Producers;
import java.nio.file.Path;

/**
 * Submits to a hub that starts nothing.
 *
 * @param producers the threads that do
 * @param batch how many tasks each of their calls submits; 1 for {@link Hub#submit}
 * @param promise what the hub promises
 */
public record Submit(Producers producers, int batch, Promise promise) {

    /** {@return tasks a second} */
    public double run(Path home) throws InterruptedException {
        try (Hub hub = promise.tell(CheckingHub.at(home)).build()) {
            if (batch == 1) {
                return producers.perSecond(number -> Tasks.checkAccepted(hub.submit(Tasks.of(number))));
            }
            return batch * producers.perSecond(number -> Tasks.submit(hub, number * batch, (number + 1) * batch));
        }
    }
}
