package io.victorhub.testkit.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the journal warns of, instead of printing it. */
final class Warnings implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.victorhub.journal");
    private final Level before = logger.getLevel();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    Warnings() {
        events.start();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(events);
    }

    List<String> all() {
        return List.copyOf(events.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(events);
        logger.setAdditive(true);
        logger.setLevel(before);
    }
}
