package io.victorhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Names in flux agree with a list of them. */
class FluxProperties {

    @Property(tries = 100)
    void agreesWithAList(@ForAll long seed) {
        Random random = new Random(seed);
        Flux flux = new Flux();
        List<Long> model = new ArrayList<>();
        for (int step = 0; step < 1_000; step++) {
            long name = random.nextInt(40) * 64L; // neighbours in the table
            if (random.nextInt(3) > 0 || !model.contains(name)) {
                flux.add(new long[] {name, name + 1});
                model.add(name);
                model.add(name + 1);
            } else {
                flux.remove(new long[] {name, name + 1});
                model.remove(name);
                model.remove(name + 1);
            }
            long asked = random.nextInt(40) * 64L;
            assertThat(flux.hasAny(new long[] {asked + 2, asked})).isEqualTo(model.contains(asked));
            assertThat(flux.isEmpty()).isEqualTo(model.isEmpty());
        }
    }
}
