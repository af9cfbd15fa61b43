/** The seed's {@code queue.json} on disk: its entries read strictly, and the file shared with other programs safely. */
@NullMarked
package io.victorhub.scheduling.file;

import org.jspecify.annotations.NullMarked;
