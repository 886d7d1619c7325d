// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/// A tag's file, taken apart: a payload, and at most one block of each authority. Nothing in it is verified.
public final class TagFile {
    /// Blocks: more parties than any release has.
    public static final int BLOCKS_MAX = 100;
    /// Bytes: a payload and as many blocks as there may be.
    public static final int BYTES_MAX = TagPayload.BYTES_MAX + BLOCKS_MAX * SignatureBlock.BYTES_MAX;
    /// What a tag's file is called, behind the tag's name.
    public static final String SUFFIX = ".tag";

    private final TagPayload payload;
    private final List<SignatureBlock> blocks;

    private TagFile(TagPayload payload, List<SignatureBlock> blocks) {
        this.payload = payload;
        this.blocks = List.copyOf(blocks);
        if (blocks.size() > BLOCKS_MAX) {
            throw new MalformedException("tag has %d signatures, more than %d".formatted(blocks.size(), BLOCKS_MAX));
        }
        var seen = new HashSet<Authority>();
        for (var block : blocks) {
            if (!seen.add(block.authority())) {
                throw new MalformedException("tag has two signatures of " + block.authority());
            }
        }
    }

    /// A tag that nobody has signed.
    public static TagFile of(TagPayload payload) {
        return new TagFile(payload, List.of());
    }

    /// Throws `MalformedException` for what is not wholly of the form.
    public static TagFile parse(Bytes file) {
        if (file.length() > BYTES_MAX) {
            throw new MalformedException("tag has %d bytes, more than %d".formatted(file.length(), BYTES_MAX));
        }
        byte[] all = file.toArray();
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = endOfPayload(text);
        var payload = TagPayload.parse(Bytes.of(Arrays.copyOf(all, end)));
        return new TagFile(payload, SignatureBlock.parseAll(text.substring(end)));
    }

    private static int endOfPayload(String text) {
        if (text.startsWith(SignatureBlock.START)) {
            return 0;
        }
        int before = text.indexOf("\n" + SignatureBlock.START);
        return before < 0 ? text.length() : before + 1;
    }

    public TagPayload payload() {
        return payload;
    }

    /// Whose blocks stand there, as their heads say and nobody has checked.
    public List<Authority> claimed() {
        return blocks.stream().map(SignatureBlock::authority).toList();
    }

    List<SignatureBlock> blocks() {
        return blocks;
    }

    /// The same tag with a signature that [TagSigning] made: at the end, or in the place of the same authority's.
    /// Every other byte stays.
    public TagFile with(Signature signature) {
        var block = SignatureBlock.parse(signature.bytes());
        var joined = new ArrayList<>(blocks);
        int place = claimed().indexOf(block.authority());
        if (place < 0) {
            joined.add(block);
        } else {
            joined.set(place, block);
        }
        return new TagFile(payload, joined);
    }

    public Bytes bytes() {
        var file = new ByteArrayOutputStream();
        file.writeBytes(payload.bytes().toArray());
        blocks.forEach(block -> file.writeBytes(block.bytes().toArray()));
        return Bytes.of(file.toByteArray());
    }
}
