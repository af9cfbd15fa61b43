/** Stub. */
@org.jspecify.annotations.NullMarked
package io.victorhub.store.known;
