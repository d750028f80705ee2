package io.assay.web.access;

import java.util.Locale;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** Finds who wants to log in. */
@Component
class Accounts implements UserDetailsService {
  private final AccountRepository accounts;

  Accounts(AccountRepository accounts) {
    this.accounts = accounts;
  }

  @Override
  public UserDetails loadUserByUsername(String name) {
    return accounts
        .findById(name.strip().toLowerCase(Locale.ROOT))
        .map(account -> new SignedIn(account.name(), account.epoch(), account.password()))
        .orElseThrow(() -> new UsernameNotFoundException("there is no such account"));
  }
}
