// SPDX-License-Identifier: Apache-2.0
class Parameters {
    Parameters(int a, int b, int c, int d, int e) {}

    void tooMany(int a, int b, int c, int d, int e) {}

    void justRight(int a, int b, int c, int d) {}

    @Override
    public void dictated(int a, int b, int c, int d, int e) {}

    record Wide(int a, int b, int c, int d, int e) {
        static final int NONE = 0;

        Wide(int a, int b, int c, int d, int e) {
            this.a = a;
            this.b = b;
            this.c = c;
            this.d = d;
            this.e = e;
        }
    }

    record Compact(int a, int b, int c, int d, int e) {
        Compact {
            assert a > 0;
        }
    }

    Object nested = new Object() {
        void alsoTooMany(int a, int b, int c, int d, int e) {}
    };
}
