package io.victorhub.examples.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that the other queues work on, with stock durability: {@code fsync} and {@code synchronous_commit} on. Started
 * from programs that come in a jar, or one that is there already.
 */
final class PostgresServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final String ADMIN = "postgres";
    private static final String ON = "on";

    private final Optional<EmbeddedPostgres> own;
    private final String url;
    private int databases;

    private PostgresServer(Optional<EmbeddedPostgres> own, String url) {
        this.own = own;
        this.url = url;
    }

    /**
     * Starts one on a free port, on the disk of the hubs.
     *
     * @throws IOException if it does not start; the message says why and what to do
     */
    static PostgresServer start(Path work) throws IOException, SQLException {
        Path folder = Files.createTempDirectory(work, "postgres");
        try {
            EmbeddedPostgres own = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(true)
                    .setServerConfig("fsync", ON)
                    .setServerConfig("synchronous_commit", ON)
                    .setServerConfig("max_connections", "100")
                    .start();
            return checked(new PostgresServer(Optional.of(own), own.getJdbcUrl(ADMIN, ADMIN)));
        } catch (IOException | IllegalStateException e) {
            throw new IOException(
                    "PostgreSQL does not start here (" + e.getMessage()
                            + "); give the URL of a server with --postgres jdbc:postgresql://host/postgres?user=…&password=…",
                    e);
        }
    }

    /** Uses one that is there: its user must be allowed to make databases. */
    static PostgresServer at(String url) throws SQLException {
        return checked(new PostgresServer(Optional.empty(), url));
    }

    /** {@return its version, and what it promises} */
    String describe() throws SQLException {
        return "PostgreSQL " + show("server_version") + ", fsync " + show("fsync") + ", synchronous_commit "
                + show("synchronous_commit") + (own.isPresent() ? ", started by this run" : "");
    }

    /** {@return the URL of a new database, with everything earlier on disk} */
    String newDatabase() throws SQLException {
        databases++;
        execute("drop database if exists " + name());
        execute("create database " + name());
        execute("checkpoint");
        return url.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name());
    }

    /** Removes the database that was made last. */
    void dropDatabase() {
        try {
            execute("drop database if exists " + name() + " with (force)");
        } catch (SQLException e) {
            log.warn("database {} could not be removed; it is of no further use", name(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (own.isPresent()) {
            own.get().close();
        }
    }

    private static PostgresServer checked(PostgresServer server) throws SQLException {
        for (String setting : new String[] {"fsync", "synchronous_commit"}) {
            String value = server.show(setting);
            if (!value.equals(ON)) {
                throw new SQLException(
                        "the PostgreSQL server has " + setting + " " + value + ", so it is not durable; switch it on");
            }
        }
        return server;
    }

    private String name() {
        return "victor_benchmark_" + databases;
    }

    private String show(String setting) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
