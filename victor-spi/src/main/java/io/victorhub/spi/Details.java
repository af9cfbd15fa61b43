package io.victorhub.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a result says beside its output.
 *
 * @param cost what the attempt cost, in the unit that the host counts in; 0 or more
 * @param quality how good the skill believes the output to be, 0 to 1
 * @param metadata anything else, as JSON values
 * @param artifacts the files left in the workspace
 * @since 0.1
 */
public record Details(
        double cost, OptionalDouble quality, Map<String, @Nullable Object> metadata, List<Artifact> artifacts) {

    /** No cost, no quality, nothing else. */
    public static final Details NONE = new Details(0, OptionalDouble.empty(), Map.of(), List.of());

    /** @throws IllegalArgumentException if cost or quality is out of its range or the metadata is no JSON */
    public Details( // not compact: javac would drop the annotation of its type argument
            double cost, OptionalDouble quality, Map<String, @Nullable Object> metadata, List<Artifact> artifacts) {
        if (!(cost >= 0 && cost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("cost is " + cost + "; it must be a finite number, 0 or more");
        }
        cost += 0.0; // a negative zero would be another cost than zero
        Objects.requireNonNull(quality, "quality").ifPresent(q -> {
            if (!(q >= 0 && q <= 1)) {
                throw new IllegalArgumentException("quality is " + q + "; it must be 0..1");
            }
        });
        this.cost = cost;
        this.quality = quality;
        this.metadata = metadata.isEmpty() ? Map.of() : JsonValues.copyOfObject("metadata", metadata);
        this.artifacts = List.copyOf(artifacts);
    }

    /** {@return a builder that begins with {@link #NONE}} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects details. Not safe for use by several threads. */
    public static final class Builder {
        private double cost;
        private OptionalDouble quality = OptionalDouble.empty();
        private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        private final List<Artifact> artifacts = new ArrayList<>();

        private Builder() {}

        /** Sets what the attempt cost, 0 or more. */
        public Builder cost(double cost) {
            this.cost = cost;
            return this;
        }

        /** Sets how good the output is, 0 to 1. */
        public Builder quality(double quality) {
            this.quality = OptionalDouble.of(quality);
            return this;
        }

        /** Adds one entry of metadata. */
        public Builder metadata(String name, @Nullable Object value) {
            metadata.put(Objects.requireNonNull(name, "name"), value);
            return this;
        }

        /** Names a file that was left in the workspace. */
        public Builder artifact(Artifact artifact) {
            artifacts.add(Objects.requireNonNull(artifact, "artifact"));
            return this;
        }

        /** {@return the details} */
        public Details build() {
            return new Details(cost, quality, metadata, artifacts);
        }
    }
}
