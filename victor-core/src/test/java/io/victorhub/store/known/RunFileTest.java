package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {

    @TempDir
    private Path folder;

    private RunFile file;

    @BeforeEach
    void write() throws IOException {
        file = new RunFile(Files.write(folder.resolve("file"), new byte[] {1, 2, 3, 4}), Disk.REAL);
    }

    @Test
    void readsAtAnyPlace() throws IOException {
        assertThat(read(2)).containsExactly(3, 4);
        assertThat(read(0)).containsExactly(1, 2);
        file.close();
    }

    @Test
    void saysWhereItCannotBeRead() throws IOException {
        assertThatThrownBy(() -> read(3))
                .isInstanceOf(Damage.class)
                .hasMessage(file.path + " cannot be read at byte 3: java.io.EOFException");
        file.close();
    }

    @Test
    void takesAFileThatIsGoneForDamaged() throws IOException {
        Files.delete(file.path);

        assertThatThrownBy(() -> read(0)).isInstanceOf(Damage.class);
    }

    @Test
    void takesAFileThatItMayNotOpenForNoMoreThanThat() {
        RunFile itsFolder = new RunFile(folder, Disk.REAL);

        assertThatThrownBy(() -> itsFolder.read(0, new byte[2], 2))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Damage.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // where it could not be deleted
    void isNotOpenedForEachRead() throws IOException {
        for (int i = 0; i < 100; i++) {
            read(0);
        }
        Files.delete(file.path);

        assertThat(read(0)).containsExactly(1, 2);
        file.close();
        assertThatThrownBy(() -> read(0)).isInstanceOf(Damage.class);
    }

    private byte[] read(long offset) throws IOException {
        byte[] bytes = new byte[2];
        file.read(offset, bytes, bytes.length);
        return bytes;
    }
}
