package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.HubBuilder;
import io.victorhub.HubListener;
import io.victorhub.examples.benchmarks.Settings;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** A hub with nothing but skills that check payloads. Log, review and routing are as in any hub. */
final class CheckingHub {

    private CheckingHub() {}

    /** {@return a builder of one that has as many workers as all contestants} */
    static HubBuilder at(Path home) {
        return Hub.at(home).discoverSkills(false).workers(Settings.WORKERS);
    }

    /** Adds skills that can all do the tasks. */
    static HubBuilder skills(HubBuilder builder, int candidates, LongConsumer called) {
        for (int i = 1; i <= candidates; i++) {
            builder.skill(new CheckingSkill("checker-" + i, called));
        }
        return builder;
    }

    /** {@return a builder of one with one skill, and somebody who listens} */
    static HubBuilder at(Path home, LongConsumer called, HubListener listener) {
        return skills(at(home), 1, called).listener(listener);
    }
}
