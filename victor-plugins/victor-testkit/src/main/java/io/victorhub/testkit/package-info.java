/**
 * For tests of what plugs into Victor and of what uses it: contracts to extend, a clock that stands still until it is
 * set, a hub that a test drives by hand, and skills that remember or fail.
 *
 * <p>Whoever tests a skill or a host begins with {@link io.victorhub.testkit.HandDrivenHub}. A store plug-in
 * extends {@link io.victorhub.testkit.StoreContract} and says which factory opens the store.
 */
@NullMarked
package io.victorhub.testkit;

import org.jspecify.annotations.NullMarked;
