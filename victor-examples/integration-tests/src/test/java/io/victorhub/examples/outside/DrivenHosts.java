package io.victorhub.examples.outside;

import java.io.IOException;
import java.nio.file.Path;

/** A host that does what it is told line by line; its source is a resource, since it is compiled as a stranger's would be. */
final class DrivenHosts {

    static final String MAIN = "com.example.host.DrivenHost";
    static final String MODULE = "com.example.host";

    private DrivenHosts() {}

    static Path onTheClassPath(Path folder) throws IOException {
        return project(folder).jar(Libraries.ofAHost());
    }

    static Path asAModule(Path folder) throws IOException {
        return project(folder)
                .source("module-info.java", "module " + MODULE + " { requires io.victorhub.core; }")
                .jar(Libraries.ofAHost());
    }

    private static Project project(Path folder) throws IOException {
        return new Project(folder)
                .source("com/example/host/DrivenHost.java", Project.resource("/host/DrivenHost.java"));
    }
}
