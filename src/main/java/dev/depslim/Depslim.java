package dev.depslim;

/// The program.
public final class Depslim {
  private Depslim() {}

  public static void main(String[] args) {
    System.out.println("depslim");
  }
}
