package io.victorhub.testing;

import io.victorhub.dispatch.ArtifactShelf;
import io.victorhub.dispatch.Workspaces;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Workspaces with room for everything, of which failed attempts keep theirs for a day. */
public final class TestWorkspaces {

    private TestWorkspaces() {}

    public static Workspaces in(Path home, InstantSource clock) {
        return new Workspaces(home, new ArtifactShelf(home, Long.MAX_VALUE), Duration.ofDays(1), clock);
    }
}
