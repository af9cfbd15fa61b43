package io.victorhub;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import java.util.Optional;

/** Turns what the log keeps of an attempt back into what a skill answers. */
final class Results {

    private Results() {}

    static Result of(Execution execution) {
        switch (execution.status()) {
            case SUCCESS:
                return new Result.Success(execution.output(), execution.details());
            case PARTIAL:
                return new Result.Partial(execution.output(), execution.missing(), execution.details());
            default:
                Execution.Trouble trouble = execution
                        .trouble()
                        .orElseGet(() -> Execution.Trouble.of(Result.Reason.SKILL_ERROR, "it failed without a word"));
                return new Result.Failure(trouble.reason(), trouble.message(), Optional.empty(), execution.details());
        }
    }
}
