/**
 * Which ids were settled, looked up on disk: a multimap from the hash of an id to its place in the journal, in sorted
 * runs that are merged in the background. Derived data: what is lost of it is read from the journal again.
 */
@NullMarked
package io.victorhub.store.known;

import org.jspecify.annotations.NullMarked;
