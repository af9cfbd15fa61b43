package io.victorhub.examples.benchmarks.peers;

import io.victorhub.examples.benchmarks.Payload;
import java.util.function.LongConsumer;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Checks the payload of a task of JobRunr. */
public final class CheckRequestHandler implements JobRequestHandler<CheckRequest> {

    private final LongConsumer called;

    /** @param called gets the number of each payload */
    public CheckRequestHandler(LongConsumer called) {
        this.called = called;
    }

    @Override
    public void run(CheckRequest request) {
        called.accept(Payload.check(request.payload()));
    }
}
