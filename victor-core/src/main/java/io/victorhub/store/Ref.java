package io.victorhub.store;

import io.victorhub.journal.Place;

/** Where a submission or a log entry can be had again. */
sealed interface Ref {

    /** In memory. */
    record Held(Object value, long index) implements Ref {}

    /** In a record of the journal: the n-th submission or the n-th entry of it. */
    record At(Place place, int index) implements Ref {}
}
