/** Which skills there are: from code, class path, module path and the folder of plug-in jars. Kept in memory only. */
@NullMarked
package io.victorhub.registry;

import org.jspecify.annotations.NullMarked;
