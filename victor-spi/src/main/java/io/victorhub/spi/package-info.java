/**
 * What a skill author sees: a {@link io.victorhub.spi.Task} comes in, a {@link io.victorhub.spi.Result} goes out, and
 * each attempt is kept as an {@link io.victorhub.spi.Execution}.
 *
 * <p>All values are immutable and safe to share between threads. Whatever is free-form in them (inputs, outputs,
 * metadata) is JSON: see {@link io.victorhub.spi.JsonValues}.
 */
@NullMarked
package io.victorhub.spi;

import org.jspecify.annotations.NullMarked;
