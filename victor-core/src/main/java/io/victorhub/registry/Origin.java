package io.victorhub.registry;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a skill was found.
 *
 * @since 0.1
 */
public sealed interface Origin {

    /** {@return the same in words} */
    String text();

    /** The host registered it in code. */
    record InCode() implements Origin {
        @Override
        public String text() {
            return "code of the host";
        }
    }

    /**
     * On the class path.
     *
     * @param location the jar or folder
     */
    record ClassPath(String location) implements Origin {
        /** Checks that nothing is missing. */
        public ClassPath {
            Objects.requireNonNull(location, "location");
        }

        @Override
        public String text() {
            return "class path " + location;
        }
    }

    /**
     * On the module path.
     *
     * @param module the name of its module
     */
    record ModulePath(String module) implements Origin {
        /** Checks that nothing is missing. */
        public ModulePath {
            Objects.requireNonNull(module, "module");
        }

        @Override
        public String text() {
            return "module " + module;
        }
    }

    /**
     * In the plug-in folder.
     *
     * @param path the jar
     * @param sha256 what it holds: 64 hexadecimal digits
     */
    record PluginJar(Path path, String sha256) implements Origin {
        /** Checks that nothing is missing. */
        public PluginJar {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(sha256, "sha256");
        }

        @Override
        public String text() {
            return "plug-in " + path.getFileName();
        }
    }
}
