/** Other durable queues of the JVM, each on PostgreSQL and tuned as its documentation advises. */
package io.victorhub.examples.benchmarks.peers;
