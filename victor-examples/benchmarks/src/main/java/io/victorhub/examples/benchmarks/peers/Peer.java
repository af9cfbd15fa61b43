package io.victorhub.examples.benchmarks.peers;

/** Another durable queue, on a database of its own. All methods but {@link #submit} are for one thread. */
interface Peer extends AutoCloseable {

    /** Queues a task; durable when this returns. May be called by many threads. */
    void submit(long number) throws Exception;

    /** Queues the tasks of the numbers from 0 to the one before {@code tasks}, as fast as it can. */
    void fill(int tasks) throws Exception;

    /** Lets its workers begin. */
    void work() throws Exception;

    /** {@return how many tasks are not done, durably} */
    long left() throws Exception;

    @Override
    void close();
}
