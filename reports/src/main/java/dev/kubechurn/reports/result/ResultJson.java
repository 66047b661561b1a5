package dev.kubechurn.reports.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON form of a {@link RunResult}; {@code docs/result-format.md} describes it.
 *
 * <p>Reading what was written gives an equal result. The same result gives the same bytes on one JDK; on another only
 * the payload of a histogram may be compressed differently.
 */
public final class ResultJson {

    private static final long MAX_BYTES = 256L << 20;
    private static final JsonMapper MAPPER = mapper();

    private ResultJson() {}

    /** The result as JSON, ending with a line end. */
    public static String write(RunResult result) {
        return text(ResultWriter.tree(result));
    }

    static String text(JsonNode tree) {
        return MAPPER.writeValueAsString(tree) + "\n";
    }

    /**
     * Reads a result.
     *
     * @param file a {@code result.json}, or the run directory that holds it
     * @throws ResultFormatException if there is none or it cannot be understood
     */
    public static RunResult read(Path file) {
        Path json = Files.isDirectory(file) ? file.resolve(RunDirectory.RESULT) : file;
        JsonField root = field(json);
        return explained(json.toString(), () -> ResultReader.read(root));
    }

    /** The JSON of a file. */
    static JsonField field(Path json) {
        try {
            if (Files.size(json) > MAX_BYTES) {
                throw new ResultFormatException(json + ": is larger than " + (MAX_BYTES >> 20)
                        + " MiB, too large for a result; give a result.json");
            }
            return field(Files.readAllBytes(json), json.toString());
        } catch (NoSuchFileException e) {
            throw new ResultFormatException(json + ": no such file; give a run directory or its result.json", e);
        } catch (IOException e) {
            throw new ResultFormatException(json + ": cannot read the file: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a result from its text.
     *
     * @param source what to call it in errors
     * @throws ResultFormatException if it cannot be understood
     */
    public static RunResult parse(String json, String source) {
        return parse(json.getBytes(StandardCharsets.UTF_8), source);
    }

    private static RunResult parse(byte[] json, String source) {
        JsonField root = field(json, source);
        return explained(source, () -> ResultReader.read(root));
    }

    private static JsonField field(byte[] json, String source) {
        if (json.length == 0) {
            throw new ResultFormatException(source + ": is empty; create the file again");
        }
        return new JsonField(tree(json, source), "");
    }

    /** Builds something from a document; what is wrong with a field is told with its source. */
    static <T> T explained(String source, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (FieldException e) {
            throw new ResultFormatException(source + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode tree(byte[] json, String source) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            String place = e.getLocation() == null
                    ? ""
                    : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
            throw new ResultFormatException(
                    source + place + ": not valid JSON: " + firstSentence(e) + "; create the file again", e);
        }
    }

    /** Jackson adds where its objects started and how its source is configured, which helps nobody here. */
    private static String firstSentence(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        int end = message.length();
        for (String noise :
                new String[] {"\n", " (start marker", " (for ", " (`JsonToken", ": expected close marker"}) {
            int at = message.indexOf(noise);
            end = at < 0 ? end : Math.min(end, at);
        }
        return message.substring(0, end);
    }

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxDocumentLength(MAX_BYTES)
                        .build())
                .build();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return JsonMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // the JDK's own shortest form of a double differs between releases
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter))
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
    }
}
