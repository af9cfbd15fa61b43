/**
 * For tests of what plugs into Victor: contracts to extend, and a clock that stands still until it is set.
 *
 * <p>A store plug-in extends {@link io.victorhub.testkit.StoreContract} and says which factory opens the store.
 */
@NullMarked
package io.victorhub.testkit;

import org.jspecify.annotations.NullMarked;
