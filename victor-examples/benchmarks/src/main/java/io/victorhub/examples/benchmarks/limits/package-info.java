/** What this machine can do at best: its disk, and the executor of the JDK, with nothing around them. */
package io.victorhub.examples.benchmarks.limits;
