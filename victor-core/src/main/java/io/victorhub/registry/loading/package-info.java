/** Finds skills in code, on the class path, on the module path and in plug-in jars, and lends them out. Memory only. */
@NullMarked
package io.victorhub.registry.loading;

import org.jspecify.annotations.NullMarked;
