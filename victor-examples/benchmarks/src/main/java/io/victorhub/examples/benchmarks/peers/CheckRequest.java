package io.victorhub.examples.benchmarks.peers;

import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * What JobRunr keeps for each task.
 *
 * @param payload the payload, as JSON
 */
public record CheckRequest(String payload) implements JobRequest {

    @Override
    public Class<CheckRequestHandler> getJobRequestHandler() {
        return CheckRequestHandler.class;
    }
}
