package dev.kubechurn.sim.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A reader of YAML (and so of JSON) documents within bounds, for files that nobody vouches for. Immutable.
 *
 * @param maxBytes of one file
 * @param repeatedKeys what to do about a key that is given twice
 */
public record YamlReader(int maxBytes, RepeatedKeys repeatedKeys) {

    /** What to do about a key that a mapping has twice. */
    public enum RepeatedKeys {
        /** An error. */
        REFUSED,
        /** The last one stands, as it does for kubectl. */
        LAST_STANDS
    }

    public YamlReader {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be positive, but is " + maxBytes);
        }
    }

    /** The documents of a file, without the empty ones. */
    public List<YamlNode> read(Path file) throws YamlException {
        Origin whole = Origin.of(file.toString());
        byte[] bytes = bytes(file, whole);
        return documents(file.toString(), text(bytes, whole));
    }

    /** The documents of a text whose lines are counted under the given name. */
    public List<YamlNode> documents(String source, String text) throws YamlException {
        if (text.length() > maxBytes) {
            throw tooBig(Origin.of(source));
        }
        if (text.indexOf('\0') >= 0) {
            throw new YamlException(Origin.of(source), "is a binary file; YAML must be text");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .setCodePointLimit(maxBytes)
                .build();
        try {
            var events = new Parse(settings).parseString(text).iterator();
            return new DocumentComposer(source, events, settings.getSchema().getScalarResolver(), repeatedKeys).all();
        } catch (MarkedYamlEngineException e) {
            throw new YamlException(origin(source, e), "is not YAML: " + oneLine(e));
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            String character = String.format("U+%04X", e.getCodePoint());
            throw new YamlException(
                    new Origin(source, line), "is not YAML: character " + character + " is not allowed");
        } catch (YamlEngineException e) {
            throw new YamlException(Origin.of(source), "is not YAML");
        }
    }

    private byte[] bytes(Path file, Origin whole) throws YamlException {
        if (Files.isDirectory(file)) {
            throw new YamlException(whole, "is a directory, not a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(maxBytes + 1);
        } catch (NoSuchFileException e) {
            throw new YamlException(whole, "no such file");
        } catch (AccessDeniedException e) {
            throw new YamlException(whole, "cannot be read: permission denied");
        } catch (IOException e) {
            throw new YamlException(whole, "cannot be read: " + e.getMessage());
        }
        if (bytes.length > maxBytes) {
            throw tooBig(whole);
        }
        return bytes;
    }

    private static String text(byte[] bytes, Origin whole) throws YamlException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new YamlException(whole, "is not valid UTF-8; YAML files must be UTF-8");
        }
    }

    private YamlException tooBig(Origin whole) {
        return new YamlException(whole, "is too large; the limit is " + maxBytes / 1024 + " KiB");
    }

    private static Origin origin(String source, MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        return new Origin(source, mark.map(m -> m.getLine() + 1).orElse(0));
    }

    /** The parser's own words, without the snippet of the file that they come with. */
    private static String oneLine(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "it cannot be parsed" : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        return (context + problem).replaceAll("\\s+", " ").strip();
    }
}
