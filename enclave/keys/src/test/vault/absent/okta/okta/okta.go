// SPDX-License-Identifier: Apache-2.0

// Package okta asks nobody for a second factor.
package okta

import (
	"context"
	"errors"
)

type Configuration struct{ Context context.Context }

type ConfigSetter func()

func WithToken(string) ConfigSetter  { return nil }
func WithOrgUrl(string) ConfigSetter { return nil }
func WithCache(bool) ConfigSetter    { return nil }

func NewConfiguration(...ConfigSetter) (*Configuration, error) {
	return nil, errors.New("absent from vault-judge")
}

type (
	Named          struct{}
	UserFactorPush struct{ Named }
	Factor         struct{ UserFactorPush *UserFactorPush }
	Request[T any] struct{}
	APIClient      struct {
		UserAPI       users
		UserFactorAPI factors
	}
	users        struct{}
	factors      struct{}
	Verification struct{ Links map[string]any }
	Transaction  struct {
		UserFactorPushTransactionWaiting, UserFactorPushTransaction         *Named
		UserFactorPushTransactionRejected, UserFactorPushTransactionTimeout *Named
	}
)

func (Named) GetId() string                   { return "" }
func (*Verification) GetFactorResult() string { return "" }

func NewAPIClient(*Configuration) *APIClient { return &APIClient{} }

func (*APIClient) GetConfig() *Configuration { return &Configuration{} }

func (r Request[T]) Filter(string) Request[T] { return r }

func (Request[T]) Execute() (T, any, error) {
	var none T
	return none, nil, errors.New("absent from vault-judge")
}

func (users) ListUsers(context.Context) Request[[]Named] { return Request[[]Named]{} }

func (factors) ListFactors(context.Context, string) Request[[]Factor] { return Request[[]Factor]{} }

func (factors) VerifyFactor(context.Context, string, string) Request[*Verification] {
	return Request[*Verification]{}
}

func (factors) GetFactorTransactionStatus(context.Context, string, string, string) Request[*Transaction] {
	return Request[*Transaction]{}
}
