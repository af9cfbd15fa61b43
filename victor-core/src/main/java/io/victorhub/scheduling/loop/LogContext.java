package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** The logging context of an attempt: the submitter's, with task, type, skill and attempt. Closing puts back what was there. */
final class LogContext implements AutoCloseable {

    /** A logger that keeps no context costs none. */
    private static final boolean KEPT = !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);

    private final @Nullable Map<String, String> before = KEPT ? MDC.getCopyOfContextMap() : null;

    LogContext(Attempt attempt) {
        if (KEPT) {
            Map<String, String> context =
                    new HashMap<>(attempt.lease().submission().mdc());
            context.put("task", attempt.lease().taskId());
            context.put("type", attempt.lease().task().type());
            context.put("skill", attempt.skill().name());
            context.put("attempt", Integer.toString(attempt.lease().attempt()));
            MDC.setContextMap(context);
        }
    }

    @Override
    public void close() {
        if (before != null) {
            MDC.setContextMap(before);
        } else if (KEPT) {
            MDC.clear();
        }
    }
}
