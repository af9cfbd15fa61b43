/** A host application as a stranger would build it: on victor-core, with skills that it finds on its class path. */
package io.victorhub.examples.host;
