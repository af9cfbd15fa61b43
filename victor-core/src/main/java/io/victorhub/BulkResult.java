package io.victorhub;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of many tasks, by the end or so far.
 *
 * @param matched how many the query found
 * @param changed how many were changed, or would be; those that were asked to end among them
 * @param asked how many of them run, and were asked to end
 * @param unchanged how many could not be changed
 * @param examples the first of those, at most {@value #MOST_EXAMPLES}, by their ids: why not
 * @param complete whether all that the query finds were looked at
 * @since 0.1
 */
public record BulkResult(
        long matched, long changed, long asked, long unchanged, Map<String, String> examples, boolean complete) {

    /** Of how many tasks it is told why they could not be changed. */
    public static final int MOST_EXAMPLES = 100;

    /** Copies the map. */
    public BulkResult {
        examples = Collections.unmodifiableMap(new LinkedHashMap<>(examples));
    }
}
