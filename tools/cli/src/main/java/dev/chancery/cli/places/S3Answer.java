// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.core.Quoted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A document that S3 answers with: the texts of its elements, in their order.
///
/// @param root the name of the outermost element
record S3Answer(String root, List<Field> fields) {
    /// Bytes: a thousand keys of 1,024 bytes, each of which may be written in three characters, fit.
    static final int BYTES_MAX = 8 << 20;

    private static final int DEPTH_MAX = 32;

    /// An element without others in it, and its names from below the outermost one: `Contents/Key`.
    record Field(String path, String text) {}

    S3Answer {
        fields = List.copyOf(fields);
    }

    /// Entities, document types and what they lead to are not taken.
    static S3Answer read(InputStream body) throws IOException {
        byte[] document;
        try (body) {
            document = body.readNBytes(BYTES_MAX + 1);
        }
        if (document.length > BYTES_MAX) {
            throw new IOException("the answer has more than %d bytes".formatted(BYTES_MAX));
        }
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return read(factory.createXMLStreamReader(new ByteArrayInputStream(document)));
        } catch (XMLStreamException e) {
            throw new IOException("the answer is no XML", e);
        }
    }

    private static S3Answer read(XMLStreamReader reader) throws XMLStreamException {
        var path = new ArrayList<String>();
        var fields = new ArrayList<Field>();
        String root = "";
        var text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    path.add(reader.getLocalName());
                    root = path.getFirst();
                    text.setLength(0);
                    if (path.size() > DEPTH_MAX) {
                        throw new XMLStreamException("more than %d elements in each other".formatted(DEPTH_MAX));
                    }
                }
                case XMLStreamReader.CHARACTERS -> text.append(reader.getText());
                case XMLStreamReader.END_ELEMENT -> {
                    if (!text.isEmpty() && path.size() > 1) {
                        fields.add(new Field(String.join("/", path.subList(1, path.size())), text.toString()));
                    }
                    text.setLength(0);
                    path.removeLast();
                }
                default -> {
                    // Comments and instructions say nothing.
                }
            }
        }
        return new S3Answer(root, fields);
    }

    List<String> all(String path) {
        return fields.stream()
                .filter(field -> field.path().equals(path))
                .map(Field::text)
                .toList();
    }

    Optional<String> first(String path) {
        return all(path).stream().findFirst();
    }

    /// The keys of a list of objects. A server that was asked for encoded ones may say that it knows no such encoding,
    /// by
    /// not naming it; a key that is not encoded as it says is passed over.
    List<String> keys() {
        var keys = all("Contents/Key");
        return first("EncodingType").filter("url"::equals).isEmpty()
                ? keys
                : keys.stream().flatMap(key -> decoded(key).stream()).toList();
    }

    private static Optional<String> decoded(String key) {
        try {
            return Optional.of(URLDecoder.decode(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// What went wrong; empty where nothing did ("Error Responses" of the API Reference).
    Optional<String> error() {
        return root.equals("Error") ? Optional.of(Quoted.text(first("Code").orElse("Error"))) : Optional.empty();
    }
}
