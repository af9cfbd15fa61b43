package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.HubBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be told of the README without starting anything. */
class ReadmeIT {

    @Test
    void listsTheSettingsOfTheBuilderAndNoOthers() throws Exception {
        Set<String> listed = Readme.read().all("^\\| (`\\w+\\(.*?`) \\|").stream()
                .flatMap(cell -> Arrays.stream(cell.split("`, `")))
                .map(setting -> setting.replace("`", "").replaceAll("\\(.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(new TreeSet<>(settings()));
    }

    @Test
    void linksToWhatIsThere() throws Exception {
        assertThat(Readme.read().all("\\]\\(([^)#:]+)\\)"))
                .allSatisfy(link -> assertThat(Readme.ROOT.resolve(link)).exists());
    }

    @Test
    void runsTheHostWhereItIsBuilt() throws Exception {
        String jar = Readme.read().runCommand().replaceAll(".* -jar ", "");

        assertThat(Readme.ROOT.resolve(Path.of(jar))).exists();
    }

    private static Set<String> settings() {
        return Arrays.stream(HubBuilder.class.getMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == HubBuilder.class)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }
}
