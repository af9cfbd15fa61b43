package io.victorhub.testing;

import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;

/** Ends of attempts, as a log holds them. */
public final class Executions {

    private Executions() {}

    public static Execution success(String type, String skill) {
        return of(type, skill).build();
    }

    public static Execution failure(String type, String skill, Reason reason) {
        return of(type, skill)
                .status(Status.FAILED)
                .trouble(Execution.Trouble.of(reason, "for a test"))
                .build();
    }

    public static Execution partial(String type, String skill) {
        return of(type, skill).status(Status.PARTIAL).missing("the rest").build();
    }

    public static Execution partial(String type, String skill, double quality) {
        return partial(type, skill).toBuilder()
                .details(Details.builder().quality(quality).build())
                .build();
    }

    private static Execution.Builder of(String type, String skill) {
        return Execution.of("task", type).skill(new SkillRef(skill, "1")).startedAt(SettableClock.START);
    }
}
