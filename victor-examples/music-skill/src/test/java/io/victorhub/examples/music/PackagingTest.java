package io.victorhub.examples.music;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Skill;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** How a hub finds the skill, wherever the jar lies. */
class PackagingTest {

    @Test
    void isFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(Skill.class)).hasExactlyElementsOfTypes(MusicSkill.class);
    }

    @Test
    void isProvidedOnTheModulePathByTheSameName() throws Exception {
        ModuleDescriptor module = descriptor();

        assertThat(module.provides())
                .singleElement()
                .satisfies(provides -> assertThat(provides.service()).isEqualTo(Skill.class.getName()))
                .satisfies(provides -> assertThat(provides.providers())
                        .isEqualTo(ServiceLoader.load(Skill.class).stream()
                                .map(provider -> provider.type().getName())
                                .toList()));
    }

    @Test
    void needsTheJdkAndTheSpiAlone() throws Exception {
        assertThat(descriptor().requires())
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrderElementsOf(List.of("java.base", "io.victorhub.spi"));
    }

    @Test
    void servesTheTypeOfTheSeedsQueue() {
        assertThat(new MusicSkill().descriptor().name()).isEqualTo("music_generator");
        assertThat(new MusicSkill().descriptor().capabilities()).containsExactly("music_generation");
    }

    private static ModuleDescriptor descriptor() throws Exception {
        Path classes = Path.of(MusicSkill.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return ModuleFinder.of(classes)
                .find("io.victorhub.examples.music")
                .orElseThrow()
                .descriptor();
    }
}
