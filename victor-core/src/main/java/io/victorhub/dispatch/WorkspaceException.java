package io.victorhub.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The workspace that a skill asked for could not be made; no fault of the skill's. */
final class WorkspaceException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    WorkspaceException(IOException cause) {
        super("its workspace could not be made: " + Texts.of(cause::toString, 1000), cause);
    }
}
