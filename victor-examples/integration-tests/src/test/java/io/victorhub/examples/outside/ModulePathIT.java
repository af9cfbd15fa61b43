package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's application and its skill, on the module path. */
class ModulePathIT {

    private static final String MODULE = "module com.example.app { requires io.victorhub.core; }";

    @TempDir
    private Path folder;

    private Path shout;

    @BeforeEach
    void buildTheSkill() throws Exception {
        shout = Project.shout(folder.resolve("shout"), Readme.read()).jar(Libraries.spi());
    }

    @Test
    void aHostModuleNeedsNeitherToRequireTheSkillNorToAddIt() throws Exception {
        Path app = new Project(folder.resolve("app"))
                .source("module-info.java", MODULE)
                .source(
                        "com/example/app/App.java",
                        "package com.example.app;\n" + Readme.read().app())
                .jar(Libraries.ofAHost());

        assertShouts("-p", path(app, shout), "-m", "com.example.app/com.example.app.App");
    }

    @Test
    void aHostOnTheClassPathAddsTheSkill() throws Exception {
        Path app = new Project(folder.resolve("app"))
                .source("App.java", Readme.read().app())
                .jar(Libraries.ofAHost());
        Path spi = Libraries.spi().get(0);

        assertShouts(
                "-p",
                Libraries.path(List.of(spi, shout)),
                "--add-modules",
                "com.example.shout",
                "-cp",
                path(app),
                "App");
    }

    private void assertShouts(String... command) throws Exception {
        try (Child child = Child.java(folder, List.of(command))) {
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();

            assertThat(child.output()).startsWith("DONE: HELLO!");
        }
    }

    private static String path(Path... own) throws Exception {
        return Libraries.path(
                Stream.concat(Stream.of(own), Libraries.ofAHost().stream()).toList());
    }
}
