// SPDX-License-Identifier: Apache-2.0

// Package discover finds no servers in any cloud.
package discover

import (
	"errors"
	"log"
)

type Provider any

type Discover struct{}

type Option func(*Discover)

var Providers = map[string]Provider{}

func WithProviders(map[string]Provider) Option { return func(*Discover) {} }

func New(...Option) (*Discover, error) { return &Discover{}, nil }

func (*Discover) Addrs(string, *log.Logger) ([]string, error) {
	return nil, errors.New("absent from vault-judge")
}

type Config map[string]string

func (Config) String() string { return "" }

func Parse(string) (Config, error) {
	return nil, errors.New("absent from vault-judge")
}
