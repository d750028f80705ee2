package io.assay.web.access;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** Who is logged in, and with which epoch of the account's password. Roles are asked for anew. */
public final class SignedIn implements UserDetails, CredentialsContainer {
  private static final long serialVersionUID = 1;

  private final String name;
  private final int epoch;
  private @Nullable String password;

  public SignedIn(String name, int epoch, @Nullable String encodedPassword) {
    this.name = name;
    this.epoch = epoch;
    this.password = encodedPassword;
  }

  public String name() {
    return name;
  }

  public int epoch() {
    return epoch;
  }

  @Override
  public String getUsername() {
    return name;
  }

  @Override
  public @Nullable String getPassword() {
    return password;
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    return List.of();
  }

  /** The session keeps no password, not even an encoded one. */
  @Override
  public void eraseCredentials() {
    password = null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedIn that && name.equals(that.name) && epoch == that.epoch;
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + epoch;
  }
}
