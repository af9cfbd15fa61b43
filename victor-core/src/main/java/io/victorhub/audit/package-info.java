/**
 * Who changed what may run or how, and why: a record that is only ever added to, in which each entry carries the hash of
 * all before it. What is exported reads; {@code audit.chain} writes.
 */
@NullMarked
package io.victorhub.audit;

import org.jspecify.annotations.NullMarked;
