package dev.miniatura.storage.testkit;

import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Condition;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/**
 * The tests that every {@link ImageStore} passes. Extend the class and return an empty store:
 *
 * <pre>{@code
 * class MyImageStoreTest extends ImageStoreContract {
 *   @Override
 *   public ImageStore createStore() {
 *     return MemoryImageStore.create(); // your store goes here
 *   }
 *
 *   @Override
 *   public Set<Deviation> deviations() {
 *     return EnumSet.of(Deviation.VERSION_IS_CONTENT);
 *   }
 * }
 * }</pre>
 *
 * <p>A store that cannot keep part of the contract, or whose server does not, declares it as a
 * {@link Deviation}. The tests of that part are then reported as skipped, or relaxed where the rest
 * of the test still holds.
 *
 * <p>A new instance, and so a new store, is made for each test. Tests of different instances may
 * run at the same time if their stores do not share objects.
 */
public abstract class ImageStoreContract
    implements ObjectContract, AttributeContract, ConditionContract, KeyContract, ListContract {

  /** A way in which a store may fall short of the contract. */
  public enum Deviation {
    /** There cannot be both an object {@code a} and an object {@code a/b}. */
    OBJECT_HIDES_KEYS_BELOW,
    /** Attributes are not kept. */
    FORGETS_ATTRIBUTES,
    /** The cache control is not kept. */
    FORGETS_CACHE_CONTROL,
    /** Several writers with the same condition may succeed. */
    CONDITIONS_NOT_ATOMIC,
    /** {@link Condition#unchanged} is not evaluated. */
    NO_CONDITION_ON_VERSION,
    /** {@link Condition#absent} is not evaluated. */
    NO_CONDITION_ON_ABSENCE,
    /** A source may read a version other than the one it was opened for. */
    OPENS_ANY_VERSION,
    /** Keys with characters above U+FFFF are not listed in the order of their UTF-8 bytes. */
    OTHER_ORDER_ABOVE_BASIC_PLANE,
    /** Writing the same bytes again may leave the version as it was. */
    VERSION_IS_CONTENT,
    /** Listing a prefix that only unusual keys can have may fail. */
    REFUSES_STRANGE_PREFIXES,
  }

  private ImageStore store;

  /** Creates the tests; JUnit does so for each of them. */
  protected ImageStoreContract() {}

  /**
   * Returns a new, empty store, or an empty part of one.
   *
   * @throws IOException if the store cannot be set up
   */
  public abstract ImageStore createStore() throws IOException;

  /** Returns the store of the current test. */
  @Override
  public final ImageStore store() {
    return store;
  }

  /** Returns how the store may deviate from the contract; not at all by default. */
  @Override
  public Set<Deviation> deviations() {
    return EnumSet.noneOf(Deviation.class);
  }

  /**
   * Returns whether the store may refuse an unusual key: one with empty parts, {@code .} or {@code
   * ..}, control characters, or a part of a thousand bytes. By default it may not.
   */
  @Override
  public boolean mayRefuse(String key) {
    return false;
  }

  /** Returns whether listing the keys with this prefix may fail. By default it may not. */
  @Override
  public boolean mayRefusePrefix(String prefix) {
    return false;
  }

  /**
   * Returns how many objects the paging test writes and lists: more than the store returns in one
   * page. 2,100 by default.
   */
  @Override
  public int manyObjects() {
    return 2_100;
  }

  @BeforeEach
  final void makeStore() throws IOException {
    store = createStore();
  }
}
