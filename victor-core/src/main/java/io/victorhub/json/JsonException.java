package io.victorhub.json;

import io.victorhub.spi.VictorException;
import org.jspecify.annotations.Nullable;

/** A text is no JSON, or more of it than is read. The message says where. */
public final class JsonException extends VictorException {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final long column;

    JsonException(String message, long line, long column, @Nullable Throwable cause) {
        super(message, cause);
        this.line = line;
        this.column = column;
    }

    /** {@return the line, from 1; 0 where it is not known} */
    public long line() {
        return line;
    }

    /** {@return the column, from 1; 0 where it is not known} */
    public long column() {
        return column;
    }
}
