package io.victorhub.journal;

import org.jspecify.annotations.Nullable;

/** Tickets in order, linked by themselves; each is in one list at a time. Guarded by whoever has it. */
final class TicketList {

    private @Nullable Ticket first;
    private @Nullable Ticket last;
    private int size;

    int size() {
        return size;
    }

    void add(Ticket ticket) {
        if (last == null) {
            first = ticket;
        } else {
            last.next = ticket;
        }
        last = ticket;
        size++;
    }

    /** {@return the first of all, which are linked; the list is empty then} */
    @Nullable Ticket takeAll() {
        @Nullable Ticket all = first;
        first = null;
        last = null;
        size = 0;
        return all;
    }

    /** {@return the first whose thread waits, for a force at once or for anything else} */
    @Nullable Ticket firstWaiting(boolean forForce) {
        for (@Nullable Ticket ticket = first; ticket != null; ticket = ticket.next) {
            if (ticket.waiter != null && ticket.force == Force.NOW == forForce) {
                return ticket;
            }
        }
        return null;
    }
}
