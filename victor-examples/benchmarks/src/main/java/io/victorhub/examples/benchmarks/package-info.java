/** Measures the hub beside the limits of the machine and beside other durable queues; see the module's README. */
package io.victorhub.examples.benchmarks;
