package io.victorhub.dispatch;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Choice;
import io.victorhub.spi.Execution;
import io.victorhub.spi.JsonValues;
import io.victorhub.spi.SkillRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes an execution has at most when it is encoded. Far cheaper than to encode it, and most executions are far
 * from any limit.
 */
final class SizeBound {

    /** All names of members and all numbers and times that every execution has, and then some. */
    private static final int FRAME = 2_000;

    private static final int NUMBER = 32;
    private static final int LONG_NUMBER = JsonValues.MAX_DIGITS + NUMBER;

    /** What stands around a value: quotes, colon, comma. */
    private static final int AROUND = 4;

    /** The longest form of a character in JSON, <code>&#92;u0001</code>. */
    private static final long PER_CHARACTER = 6;

    private static final int PER_ARTIFACT = 100;
    private static final int PER_SKILL = 40;

    private SizeBound() {}

    static long of(Execution execution) {
        long bytes = FRAME + text(execution.taskId()) + text(execution.type()) + text(execution.node());
        bytes += value(execution.output());
        bytes += value(execution.details().metadata());
        for (Artifact artifact : execution.details().artifacts()) {
            bytes += PER_ARTIFACT + text(artifact.path()) + text(artifact.mediaType()) + text(artifact.digest());
        }
        bytes += text(execution.missing()) + value(execution.lines());
        Execution.Trouble trouble = execution.trouble().orElse(null);
        if (trouble != null) {
            bytes += text(trouble.message())
                    + text(trouble.exception().orElse(""))
                    + text(trouble.frame().orElse(""));
        }
        SkillRef skill = execution.skill().orElse(null);
        Choice choice = execution.choice().orElse(null);
        return bytes + (skill == null ? 0 : of(skill)) + (choice == null ? 0 : of(choice));
    }

    private static long of(Choice choice) {
        long bytes = text(choice.policy()) + text(choice.position()) + text(choice.explanation());
        for (SkillRef candidate : choice.candidates()) {
            bytes += of(candidate);
        }
        return bytes + value(choice.features());
    }

    private static long of(SkillRef skill) {
        return PER_SKILL + text(skill.name()) + text(skill.version());
    }

    private static long value(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return NUMBER;
        } else if (value instanceof String text) {
            return text(text);
        }
        long bytes = AROUND;
        if (value instanceof List<?> list) {
            for (Object each : list) {
                bytes += value(each);
            }
            return bytes;
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> member : map.entrySet()) {
                bytes += text((String) member.getKey()) + value(member.getValue());
            }
            return bytes;
        }
        return LONG_NUMBER;
    }

    private static long text(String text) {
        return AROUND + PER_CHARACTER * text.length();
    }
}
