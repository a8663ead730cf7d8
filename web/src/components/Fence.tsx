import { Component, type ReactNode } from "react";

/** What is only a picture may fail without taking the page along: then `instead` is shown, or nothing. */
export class Fence extends Component<{ children: ReactNode; instead?: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? (this.props.instead ?? null) : this.props.children;
  }
}
