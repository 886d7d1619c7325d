// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.util.List;

/// Runs a filter program as the kernel would, for both architectures: the instructions that [SeccompProgram]
/// uses.
record Bpf(List<SeccompProgram.Instruction> program) {
    /// What the filter answers to a call, given as `struct seccomp_data`.
    int answer(int architecture, int number, long... arguments) {
        int a = 0;
        for (int at = 0; at < program.size(); at++) {
            var instruction = program.get(at);
            int k = instruction.k();
            switch (instruction.code()) {
                case SeccompProgram.LOAD -> a = load(k, architecture, number, arguments);
                case SeccompProgram.AND -> a &= k;
                case SeccompProgram.JUMP_IF_EQUAL ->
                    at += a == k ? instruction.jumpIfTrue() : instruction.jumpIfFalse();
                case SeccompProgram.JUMP_IF_GREATER_OR_EQUAL ->
                    at += Integer.compareUnsigned(a, k) >= 0 ? instruction.jumpIfTrue() : instruction.jumpIfFalse();
                case SeccompProgram.RETURN -> {
                    return k;
                }
                default -> throw new AssertionError(instruction);
            }
        }
        throw new AssertionError("the program ends without an answer");
    }

    private static int load(int offset, int architecture, int number, long... arguments) {
        return switch (offset) {
            case 0 -> number;
            case 4 -> architecture;
            default -> {
                int index = (offset - 16) / Long.BYTES;
                long argument = index < arguments.length ? arguments[index] : 0;
                yield (int) (offset % Long.BYTES == 0 ? argument : argument >>> Integer.SIZE);
            }
        };
    }
}
